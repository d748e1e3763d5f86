"""Who is who across files: which records are of one person, which may be, and why.

`columns` finds a file's fields, `values` writes each as it is compared, `model` says what is
compared with what, `training` weighs it on the data at hand, `engines` runs it on DuckDB or Spark,
`linking` gives the three outcomes. Nothing here knows the database, a room or a person's page.
"""
