"""/api/v1/zmiany/: every change of what is public, in an order in which none is missed (docs/decisions/0106)."""

from rest_framework.response import Response

from open_data.api.views.base import ApiView
from open_data.changes import reading
from open_data.changes.asking import asked, gone
from open_data.changes.describing import operation_of
from open_data.changes.pages import page


class ChangesView(ApiView):
    """One page after the place `?cursor=`."""

    def described(self, operation):
        return operation_of(operation)

    def version(self):
        return reading.version()

    def answer(self, request):
        try:
            sheet = page(asked(request.GET), self.site)
        except reading.CursorGone as error:
            raise gone() from error
        return Response(sheet, headers={"Link": f'<{sheet["next"]}>; rel="next"'})
