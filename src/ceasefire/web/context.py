"""What every page's frame needs: the room, the reader and the parts that the reader may enter."""


def page(request):
    return {"gate": getattr(request, "gate", None), "actor": getattr(request, "actor", None)}
