"""From claims to cases: one for each claim, check and variant; bound, asked together, judged one by one."""
