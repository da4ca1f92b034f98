"""Addresses of the letters."""

from django.urls import path

from notifications import views

urlpatterns = [
    path("messages/", views.message_list, name="message-list"),
    path("messages/<int:number>/", views.message_detail, name="message-detail"),
    path("messages/<int:number>/again/", views.message_again, name="message-again"),
]
