from django.forms.renderers import TemplatesSetting


class PortalRenderer(TemplatesSetting):
    """Every form looks right without a word in its template: the field is drawn once, in components/_field.html."""

    form_template_name = "components/_form.html"
    field_template_name = "components/_field.html"
