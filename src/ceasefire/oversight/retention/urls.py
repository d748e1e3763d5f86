from django.urls import path

from ceasefire.oversight.retention import records, views

urlpatterns = [
    path("", views.queue, name="retention"),
    path("certificates/", views.certificates, name="certificates"),
    path("certificates/<int:pk>/", views.certificate, name="certificate"),
    path("holds/", views.holds, name="holds"),
    path("orders/", views.orders, name="orders"),
    path("rules/", views.rules, name="rules"),
    path("log/", views.log, name="log_removals"),
    path("records/", records.records, name="retention_records"),
    path("records/orders/new/", records.order_new, name="own_order_new"),
    path("records/orders/<int:pk>/", records.order, name="own_order"),
    path("records/holds/new/", records.hold_new, name="own_hold_new"),
    path("records/holds/<int:pk>/", records.hold, name="own_hold"),
]
