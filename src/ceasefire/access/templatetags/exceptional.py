from django import template

from ceasefire.access.exceptional import labels

register = template.Library()
register.filter("record_name", labels.record_name)
