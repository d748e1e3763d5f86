from ceasefire.config.commands import main

main()
