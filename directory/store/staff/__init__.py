"""Staff: members, sessions, failed logins, the audit log, and the keyboard shortcuts of each."""

from directory.store.staff.members import Role, StaffMember, all_members, latest_audit, write_audit

__all__ = ["Role", "StaffMember", "all_members", "latest_audit", "write_audit"]
