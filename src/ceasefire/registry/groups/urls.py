from django.urls import path

from ceasefire.registry.groups.views import groups, policy

app_name = "groups"
urlpatterns = [
    path("", groups.groups, name="groups"),
    path("new/", groups.new, name="new"),
    path("<int:pk>/", groups.group, name="group"),
    path("<int:pk>/say/<slug:about>/", groups.say_form, name="say"),
    path("statements/<int:pk>/withdraw/", groups.withdraw, name="withdraw"),
    path("policy/", policy.policy, name="policy"),
    path("policy/record/", policy.record, name="policy_record"),
    path("policy/<int:pk>/end/", policy.end, name="policy_end"),
]
