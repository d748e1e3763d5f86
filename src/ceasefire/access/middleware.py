"""Binds the reader to the request and keeps every page without an open gate shut."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render

from ceasefire.access import identity
from ceasefire.access.asking import actor_of_session, why_no_role
from ceasefire.access.gates import gate_of
from ceasefire.access.partitions import Room
from ceasefire.access.policies import NotPermitted
from ceasefire.access.sign_in.sessions import Standing, standing


class GateMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.actor = self._actor(request)
        if request.actor is None:
            return self.get_response(request)
        # Outside every room until the gate has said which: signing in has tables of its own.
        with identity.acting(request.actor, Room.ACCOUNT):
            return self.get_response(request)

    @staticmethod
    def _actor(request):
        if not request.user.is_authenticated or standing(request.session) != Standing.OPEN:
            return None
        return actor_of_session(request.user, request.session.secret)

    def process_view(self, request, view, args, kwargs):
        if any("\0" in str(word) for word in kwargs.values()):
            raise Http404  # no record is named so, and the database refuses the question
        request.gate = gate_of(view, request.resolver_match.url_name)
        if request.gate and request.gate.admits(request.actor):
            if request.actor is not None:
                identity.enter(request.gate.room_for(request.actor))
            if not request.gate.is_on:
                raise Http404
            return None
        if request.actor is None and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if request.actor is None and standing(request.session) == Standing.OPEN:
            reason = why_no_role(request.user, request.session.secret)
            return render(request, "web/no_role.html", {"reason": reason}, status=401)
        # A page of another room answers as if it did not exist.
        raise Http404

    def process_exception(self, request, exception):
        if isinstance(exception, NotPermitted):
            raise PermissionDenied(str(exception)) from exception
