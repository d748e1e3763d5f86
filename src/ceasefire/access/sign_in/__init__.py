"""Who somebody is: passwords, second factors, sessions, and the city's own sign-on.

django-allauth does the work; what stands here is only what it has no switch for.
"""
