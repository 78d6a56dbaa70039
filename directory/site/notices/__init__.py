"""Safety notices as pages show them, also when nothing can be searched, and the searches that they may offer."""

from directory.site.notices.shown import NoticeView, call_address, notice_views, notices_named, with_calls

__all__ = ["NoticeView", "call_address", "notice_views", "notices_named", "with_calls"]
