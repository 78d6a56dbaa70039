"""Meetings of mutual-help fellowships: Meeting Guide feeds and BMLT servers, without anybody's name."""
