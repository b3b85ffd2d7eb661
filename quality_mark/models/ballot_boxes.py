"""The closed box of a secret vote: its sums until it is counted, sealed, and then nothing."""

from django.db import models

from core.sealing import SealedTextField
from quality_mark.models.votes import Vote


class BallotBox(models.Model):
    """Sums of a secret vote while it is open. Each ballot seals them anew, always as long as before, so that whoever
    reads the database after each ballot sees only that somebody has voted. Counting takes the box away.
    """

    vote = models.OneToOneField(Vote, models.CASCADE, related_name="box")
    sums = SealedTextField(purpose="quality_mark ballots")

    class Meta:
        verbose_name = "urna głosowania tajnego"
        verbose_name_plural = "urny głosowań tajnych"

    def __str__(self):
        return f"urna {self.vote_id}"
