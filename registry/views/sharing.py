from django.templatetags.static import static


def sharing(request, path):
    """What `registry/_preview.html` needs besides title and text: full addresses of the page and of its picture."""
    return {
        "canonical": request.build_absolute_uri(path),
        "preview": request.build_absolute_uri(static("img/preview.png")),
    }
