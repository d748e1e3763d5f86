"""The few pages of signing in that the library does not have."""

from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods
from requests import RequestException

from ceasefire.access.gates import OWN_ACCOUNT
from ceasefire.access.sign_in import invitations
from ceasefire.access.sign_in.oidc import BoundAdapter


@require_GET
def still_here(request):
    """A page's script says that its person is typing; the middleware has noted it."""
    return HttpResponse(status=204)


@require_GET
def invited(request, token):
    """Where an invitation's link leads: one button, to the provider."""
    invitation = invitations.open_invitation(token)
    if invitation is None:
        return render(request, "socialaccount/invitation_over.html", status=404)
    request.session[invitations.IN_SESSION] = token
    return render(request, "socialaccount/invited.html", {"invitation": invitation})


def _with_provider(kind, *methods):
    """The library's own view of this kind, with our checks of the token."""

    @login_not_required
    @require_http_methods([*methods, "HEAD"])
    def view(request, provider_id):
        adapter = BoundAdapter(request, provider_id)
        try:
            return kind.adapter_view(adapter)(request)
        except SocialApp.DoesNotExist:
            raise Http404 from None
        except (OAuth2Error, RequestException) as error:
            return render_authentication_error(request, adapter.get_provider(), exception=error)

    view.gate, view.methods = OWN_ACCOUNT, methods
    return view


sign_on = _with_provider(OAuth2LoginView, "GET", "POST")
sign_on_answer = _with_provider(OAuth2CallbackView, "GET")
still_here.gate = invited.gate = OWN_ACCOUNT
