"""What a page says of a shooting, as filters: {{ row|occurred }}."""

from django import template

from ceasefire.registry import words

register = template.Library()
for say in (
    words.badges,
    words.days_apart,
    words.kind,
    words.metres,
    words.moment,
    words.occurred,
    words.occurred_briefly,
    words.place,
    words.victims,
    words.victims_briefly,
):
    register.filter(say.__name__, say)
