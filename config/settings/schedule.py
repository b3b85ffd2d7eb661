"""What happens by itself, and when by the Polish clock."""

from celery.schedules import crontab

CELERY_BEAT_SCHEDULE = {
    "turn-the-page": {"task": "registry.tasks.nightly.turn_the_page", "schedule": crontab(hour=0, minute=10)},
    # At midnight, when licences end; the second and third find what the first one missed.
    "turn-marks": {"task": "quality_mark.tasks.nightly.turn_marks", "schedule": crontab(hour="0,1,5", minute=0)},
    # After the turn of the page; the later ones do nothing when the first one could.
    "make-dumps": {"task": "open_data.tasks.dumps.make_dumps", "schedule": crontab(hour="0,1,4", minute=35)},
    "make-certificates": {"task": "quality_mark.tasks.signing.make_certificates", "schedule": crontab()},
    "send-waiting-jobs": {"task": "accounts.tasks.send_waiting_jobs", "schedule": crontab(minute="*/3")},
    "keep-times": {"task": "accounts.tasks.keep_times", "schedule": crontab(hour=2, minute=20)},
    "pass-places-on": {"task": "events.tasks.signups.pass_places_on", "schedule": crontab()},
    "remind-of-events": {"task": "events.tasks.signups.remind", "schedule": crontab(minute="*/20", hour="9-19")},
    "thank-for-coming": {"task": "events.tasks.signups.thank", "schedule": crontab(minute=40, hour="9-19")},
    "finish-telling": {"task": "events.tasks.signups.finish_telling", "schedule": crontab(minute="*/5")},
    "write-digests": {"task": "notifications.tasks.write_digests", "schedule": crontab(minute=0)},
    # Every hour, for those that the fixed hour of the day or the week has passed by.
    "tell-news": {"task": "notifications.tasks.tell_news", "schedule": crontab(minute=1)},
    "sweep-outbox": {"task": "notifications.tasks.sweep_outbox", "schedule": crontab()},
    "draw-applications": {
        "task": "quality_mark.tasks.applications.draw_missing",
        "schedule": crontab(minute="*/5"),
    },
    "hold-past-events": {"task": "events.tasks.day.hold_past_events", "schedule": crontab(minute="*/15")},
    "publish-due-notices": {
        "task": "procurement.tasks.notices.publish_due_notices",
        "schedule": crontab(minute="*/3"),
    },
    "publish-due-plans": {"task": "procurement.tasks.plans.publish_due_plans", "schedule": crontab(minute="*/3")},
    "forget-changes": {"task": "events.tasks.calendar.forget_changes", "schedule": crontab(minute="*/15")},
    "draw-up-status-reports": {
        "task": "registry.tasks.nightly.draw_up_status_reports",
        "schedule": crontab(hour=0, minute=30),
    },
    "remind-of-terms": {"task": "registry.tasks.nightly.remind_of_terms", "schedule": crontab(hour=7, minute=20)},
    "tell-late-drafts": {"task": "events.tasks.enrolment.tell_late_drafts", "schedule": crontab(hour=7, minute=30)},
    "remind-of-plans": {"task": "procurement.tasks.plans.remind_of_plans", "schedule": crontab(hour=7, minute=40)},
    "forget-entry-changes": {
        "task": "procurement.tasks.entries.forget_entry_changes",
        "schedule": crontab(minute=50),
    },
    "rebuild-entries": {
        "task": "procurement.tasks.entries.rebuild_entries",
        "schedule": crontab(hour=4, minute=30, day_of_week="sunday"),
    },
    "count-ahead": {"task": "procurement.tasks.entries.count_ahead", "schedule": crontab()},
    "follow-names": {"task": "procurement.tasks.entries.follow_names", "schedule": crontab()},
    "match-announced": {"task": "procurement.tasks.matching.match_announced", "schedule": crontab(minute="*/5")},
    "forget-withdrawn": {"task": "open_data.tasks.changes.forget_changes", "schedule": crontab(hour=1, minute=20)},
    "look-again": {"task": "open_data.tasks.changes.look_again", "schedule": crontab(hour=0, minute=30)},
    "match-changed": {"task": "procurement.tasks.matching.match_changed", "schedule": crontab(hour=4, minute=40)},
    "close-vote-windows": {"task": "quality_mark.tasks.votes.close_vote_windows", "schedule": crontab()},
    "remind-of-agreements": {
        "task": "quality_mark.tasks.calls.remind_of_agreements",
        "schedule": crontab(hour=8, minute=20),
    },
    "remind-of-votes": {"task": "quality_mark.tasks.votes.remind_of_votes", "schedule": crontab(minute="*/15")},
    "leave-overdue": {"task": "quality_mark.tasks.calls.leave_overdue", "schedule": crontab(minute="*/15")},
    "remind-of-calls": {"task": "quality_mark.tasks.calls.remind_of_calls", "schedule": crontab(hour=8, minute=10)},
    "remind-of-assessments": {
        "task": "quality_mark.tasks.calls.remind_of_assessments",
        "schedule": crontab(hour=8, minute=15),
    },
    "tell-overdue": {"task": "quality_mark.tasks.calls.tell_overdue", "schedule": crontab(hour=7, minute=50)},
    "remind-recommenders": {
        "task": "quality_mark.tasks.recommendations.remind_recommenders",
        "schedule": crontab(hour=8, minute=20),
    },
    "ask-for-confirmation": {
        "task": "registry.tasks.confirming.ask_for_confirmation",
        "schedule": crontab(hour=8, minute=30),
    },
    "rebuild-catalogue": {
        "task": "registry.tasks.nightly.rebuild_catalogue",
        "schedule": crontab(hour=3, minute=30, day_of_week="sunday"),
    },
}
