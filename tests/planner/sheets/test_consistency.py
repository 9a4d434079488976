from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.sheets.consistency import FINDERS, PRICED
from planner.sheets.dataset import load, parse
from planner.words.errors import DatasetError, Fault
from tests.planner import small

ROLE = "role,title,obligation_minutes,contract_days"
POSITION = "position,role,status,staff"
GROUP = "group,school,grades,tier,minutes,sessions,students"
VARIED = "group,school,grades,tier,students,minutes,sessions,total_minutes,lengths,min_sessions\n"
PERSON = "staff,role,schools"
DISTRICT = "name,year_start,year_end"
PAY = (
    "schedule,lane,step,amount,unit,from\npara,BA,1,60000,year,\npara,BA,2,61000,year,2027-01-01\n"
)

HELD = "position,staff,from,to,fte,week_minutes,funding"
# finder: (the sheets that differ, the sheet, row and column blamed, words of the rule and the fix)
CASES: list[tuple[str, dict[str, str | None], tuple[str, int, str], str]] = [
    (
        "find_unknown_references",
        {"staff": f"{PERSON}\nESP-01,para,elm;oaq\n"},
        ("staff", 2, "schools"),
        "is not in the sheet schools. Did you mean 'oak'?",
    ),
    (
        "find_unknown_references",
        {"duties": "duty,kind,minutes,with\nm,meeting,30,ESP-1\n"},
        ("duties", 2, "with"),
        "Did you mean 'ESP-01'?",
    ),
    (
        "find_unknown_references",
        {"positions": f"{POSITION},funding\nP,para,filled,ESP-01,t1-elm:50;genral:50\n"},
        ("positions", 2, "funding"),
        "is not in the sheet funds. Did you mean 'general'?",
    ),
    (
        "find_unknown_references",
        {
            "positions": f"{POSITION},allowance_funding,allowances\nP,para,filled,ESP-01,lead-dif@t1-elm:100,lead-diff\n"
        },
        ("positions", 2, "allowance_funding"),
        "is not in the sheet allowances. Did you mean 'lead-diff'?",
    ),
    (
        "find_unknown_references",
        {"pins": "kind,subject\nsession,elm-rad\n"},
        ("pins", 2, "subject"),
        "is not in the sheet groups or duties or positions. Did you mean 'elm-read'?",
    ),
    (
        "find_unknown_references",
        {"staff": None},
        ("staff", 0, ""),
        "is missing; row 2 of positions refers to it in the column staff.",
    ),
    (
        "find_cycle_days_without_a_date",
        {
            "district": "name,year_start,year_end,cycle\n"
            "A,2026-09-01,2027-06-18,Mon;Tue;Wed;Thu;Fri;Sat\n"
        },
        ("district", 2, "cycle"),
        "has the day Sat, and students come on no date of the year with that name. Leave Sat out",
    ),
    (
        "find_rotations_that_do_not_fit",
        {
            "district": f"{DISTRICT},rotation,cycle\nA,2026-09-01,2027-06-18,week,Mon;Tue;Wed;Thu;Fri;D6\n"
        },
        ("district", 2, "rotation"),
        "needs days named like weekdays, or five a week; there are 6. Write school_days",
    ),
    (
        "find_cycle_days_of_dates_that_do_not_fit",
        {"calendar": "date,kind,cycle_day\n2026-11-02,student_day,Monn\n"},
        ("calendar", 2, "cycle_day"),
        "is no day of the cycle. Did you mean 'Mon'?",
    ),
    (
        "find_cycle_days_of_dates_that_do_not_fit",
        {"calendar": "date,kind,cycle_day,schools\n2026-11-02,student_day,Mon,elm\n"},
        ("calendar", 2, "schools"),
        "names schools; the days of the cycle are the same for all.",
    ),
    (
        "find_cycle_days_without_a_date",
        {
            "calendar": "date,kind\n"
            + "".join(
                f"{date(2026, 9, 2) + timedelta(days=7 * n)},non_student\n" for n in range(45)
            )
        },
        ("district", 2, "cycle"),
        "has the day Wed, and students come on no date of the year with that name.",
    ),
    (
        "find_more_sessions_than_days",
        {"groups": f"{GROUP}\nelm-read,elm,K-2,2,30,240/month,4\n"},
        ("groups", 2, "sessions"),
        "is 60 in a cycle of 5 days; the sessions of one service are on different days. Did you "
        "mean 8/month (240 minutes)?",
    ),
    (
        "find_more_sessions_than_days",
        {"groups": f"{GROUP}\nelm-read,elm,K-2,2,30,23/month,4\n"},
        ("groups", 2, "sessions"),
        "is 6 in a cycle of 5 days; the sessions of one service are on different days. Split it",
    ),
    (
        "find_unknown_roles_of_percentages",
        {"programs": "program,source,percents\ntitle-1,federal,pora=50 | *=100\n"},
        ("programs", 2, "percents"),
        "Did you mean 'para'?",
    ),
    (
        "find_unknown_pay_schedules",
        {
            "roles": f"{ROLE},pay_schedule\npara,P,420,195,esp\n",
            "pay": "schedule,step,amount,unit\nmesp,1,20,hour\n",
        },
        ("roles", 2, "pay_schedule"),
        "is not in the sheet pay. Did you mean 'mesp'?",
    ),
    (
        "find_dates_in_wrong_order",
        {"calendar": "date,to,kind\n2026-11-27,2026-11-26,holiday\n"},
        ("calendar", 2, "to"),
        "is before date (2026-11-27).",
    ),
    (
        "find_dates_in_wrong_order",
        {"district": f"{DISTRICT}\nA,2027-09-01,2027-06-18\n"},
        ("district", 2, "year_end"),
        "is before year_start (2027-09-01).",
    ),
    (
        "find_dates_in_wrong_order",
        {"groups": f"{GROUP},from,to\nelm-read,elm,K,2,30,4,4,2026-12-01,2026-11-01\n"},
        ("groups", 2, "to"),
        "is before from (2026-12-01).",
    ),
    (
        "find_clock_times_in_wrong_order",
        {"blocks": "school,grades,start,end,kind\nelm,K,10:00,10:00,flex\n"},
        ("blocks", 2, "end"),
        "is not after start (10:00).",
    ),
    (
        "find_newer_schema_version",
        {"district": f"{DISTRICT},schema_version\nA,2026-09-01,2027-06-18,99\n"},
        ("district", 2, "schema_version"),
        "is newer than the contract that this planner knows",
    ),
    (
        "find_plan_date_outside_year",
        {"district": f"{DISTRICT},plan_date\nA,2026-09-01,2027-06-18,2027-07-01\n"},
        ("district", 2, "plan_date"),
        "is outside of the school year (2026-09-01 to 2027-06-18).",
    ),
    (
        "find_two_openings_on_one_day",
        {
            "schools": "school,name,hours\nelm,Elm,Mon-Fri 8:00-12:00;Tue "
            "13:00-16:00\noak,Oak,Mon-Fri 8:00-12:00\n"
        },
        ("schools", 2, "hours"),
        "opens twice on Tue",
    ),
    (
        "find_overlapping_blocks",
        {
            "blocks": "school,grades,days,start,end,kind\nelm,K-2,Mon-Fri,9:00,10:00,flex\n"
            "elm,K-2,Mon,10:00,11:00,core\nelm,2;3,Wed,9:50,10:10,core\noak,2,Wed,9:50,10:10,core\n"
        },
        ("blocks", 4, "start"),
        "overlaps row 2 (09:00-10:00) for grade 2 on Wed.",
    ),
    (
        "find_travel_to_itself",
        {"travel": "from,to,minutes\nelm,oak,10\nelm,elm,10\n"},
        ("travel", 3, "to"),
        "is the school that the way starts from.",
    ),
    (
        "find_lunch_windows_too_short",
        {"roles": f"{ROLE},lunch_minutes,lunch_from,lunch_to\npara,P,420,195,30,11:00,11:25\n"},
        ("roles", 2, "lunch_to"),
        "leaves 25 minutes for lunch from 11:00; it takes 30.",
    ),
    (
        "find_two_shifts_on_one_day",
        {"staff": f"{PERSON},shifts,fte\nESP-01,para,elm,Mon 8:00-12:00;Mon 12:00-16:00,0.2\n"},
        ("staff", 2, "shifts"),
        "has two shifts on Mon",
    ),
    (
        "find_shifts_on_days_off",
        {"staff": f"{PERSON},shifts,fte,days\nESP-01,para,elm,Mon 8:00-15:30,0.2,Tue\n"},
        ("staff", 2, "shifts"),
        "has a shift on Mon, which is not among 'days'.",
    ),
    (
        "find_teachers_of_other_classes",
        {
            "teachers": "teacher,school\nT1,elm\n",
            "groups": "group,school,grades,tier,minutes,sessions,students,teacher\n"
            "elm-read,elm,K-2,2,30,4,4,T1\n",
        },
        ("groups", 2, "teacher"),
        "a group in mode pull_out is in nobody's class.",
    ),
    (
        "find_teachers_of_other_classes",
        {
            "teachers": "teacher,school\nT1,oak\n",
            "groups": "group,school,grades,tier,minutes,sessions,students,teacher,mode\n"
            "elm-read,elm,K-2,2,30,4,4,T1,push_in\n",
        },
        ("groups", 2, "teacher"),
        "teaches at oak; the group is at elm.",
    ),
    (
        "find_more_adults_than_may_serve",
        {
            "groups": "group,school,grades,tier,minutes,sessions,students,staff,adults\n"
            "elm-read,elm,K-2,2,30,4,4,ESP-01,2\n",
        },
        ("groups", 2, "adults"),
        "are 2 at once; only 1 may serve it (staff).",
    ),
    (
        "find_both_or_neither_of_sessions_and_total_minutes",
        {"groups": f"{VARIED}elm-read,elm,K-2,2,4,30,4,120,20;30,\n"},
        ("groups", 2, "total_minutes"),
        "stands beside minutes and sessions; what a group is owed is said in one of these ways.",
    ),
    (
        "find_both_or_neither_of_sessions_and_total_minutes",
        {"groups": f"{VARIED}elm-read,elm,K-2,2,4,30,,,,\n"},
        ("groups", 2, "sessions"),
        "is required and is blank.",
    ),
    (
        "find_both_or_neither_of_sessions_and_total_minutes",
        {"groups": f"{VARIED}elm-read,elm,K-2,2,4,,,,20;30,\n"},
        ("groups", 2, "total_minutes"),
        "is required and is blank.",
    ),
    (
        "find_totals_that_no_sessions_come_to",
        {"groups": f"{VARIED}elm-read,elm,K-2,2,4,,,70,20;45,\n"},
        ("groups", 2, "total_minutes"),
        "is no sum of sessions of 20;45 minutes.",
    ),
    (
        "find_totals_that_no_sessions_come_to",
        {"groups": f"{VARIED}elm-read,elm,K-2,2,4,,,600,20;45,\n"},
        ("groups", 2, "total_minutes"),
        "takes 15 sessions of 20;45 minutes at least, more than the cycle's 5 days.",
    ),
    (
        "find_totals_that_no_sessions_come_to",
        {"groups": f"{VARIED}elm-read,elm,K-2,2,4,,,90,30;45,4\n"},
        ("groups", 2, "min_sessions"),
        "is more than the sessions of 30;45 minutes that 90 make.",
    ),
    (
        "find_shifts_on_too_many_days",
        {"staff": f"{PERSON},shifts,fte,max_days\nESP-01,para,elm,Mon-Tue 8:00-15:30,0.4,1\n"},
        ("staff", 2, "shifts"),
        "names 2 days; the person comes on 1 at most (max_days).",
    ),
    (
        "find_people_without_a_start",
        {
            "schools": "school,name,open,close,hours\nelm,Elm,,,Mon-Thu "
            "8:00-15:30\noak,Oak,8:00,15:00,\n"
        },
        ("staff", 2, "start"),
        "nothing says when their shift starts on Fri.",
    ),
    (
        "find_shifts_that_differ_from_the_contract",
        {"staff": f"{PERSON},start,end\nESP-01,para,elm,8:00,15:00\n"},
        ("staff", 2, "end"),
        "makes a shift of 420 minutes; the contract says 450 (420 of duty, 30 of lunch). Write "
        "15:30,",
    ),
    (
        "find_shifts_that_differ_from_the_contract",
        {"staff": f"{PERSON},shifts,fte\nESP-01,para,elm,Mon-Tue 8:00-15:30,0.5\n"},
        ("staff", 2, "shifts"),
        "gives 840 minutes of duty a cycle beside 30 of lunch a day; the contract says 1050.",
    ),
    (
        "find_shifts_beyond_midnight",
        {"staff": f"{PERSON},days\nESP-01,para,elm,Mon\n"},
        ("staff", 2, "fte"),
        "asks for 35 hours of duty on Mon",
    ),
    (
        "find_people_who_supervise_themselves",
        {"staff": f"{PERSON},supervisor\nESP-01,para,elm,ESP-01\n"},
        ("staff", 2, "supervisor"),
        "is the person themselves.",
    ),
    (
        "find_ids_of_both_a_group_and_a_duty",
        {"duties": "duty,kind,minutes\nelm-read,meeting,30\n"},
        ("duties", 2, "duty"),
        "is the id of a group too (row 2 of groups).",
    ),
    (
        "find_groups_without_students",
        {"groups": f"{GROUP}\nelm-read,elm,K,2,30,4,\n", "members": "student,group\n"},
        ("groups", 2, "students"),
        "the group has no students.",
    ),
    (
        "find_fewest_sessions_above_sessions",
        {"groups": f"{GROUP},min_sessions\nelm-read,elm,K,2,30,4,4,5\n"},
        ("groups", 2, "min_sessions"),
        "is more than sessions (4).",
    ),
    (
        "find_more_sessions_than_days",
        {"groups": f"{GROUP}\nelm-read,elm,K,2,30,6,4\n"},
        ("groups", 2, "sessions"),
        "is more than the cycle's 5 days",
    ),
    (
        "find_windows_shorter_than_a_session",
        {"groups": f"{GROUP},windows\nelm-read,elm,K,2,45,4,4,Mon-Thu 9:00-9:30\n"},
        ("groups", 2, "windows"),
        "holds 30 minutes at most; a session takes 45. Write longer windows, or shorter minutes.",
    ),
    (
        "find_circular_order_of_duties",
        {"duties": "duty,kind,minutes,after\na,observation,30,a\n"},
        ("duties", 2, "after"),
        "goes round in a circle: a after a.",
    ),
    (
        "find_unknown_references",
        {"groups": f"{GROUP}\nelm-read,birch,K,2,30,4,4\nelm-math,birch,K,2,30,4,4\n"},
        ("schools", 0, ""),
        "is not there, and rows 2-3 of groups (column school) refer to it. Add it to schools "
        "first, or correct those cells.",
    ),
    (
        "find_unknown_references",
        {"schools": "school,name\n"},
        ("schools", 0, ""),
        "has no rows; row 2 of blocks refers to it in the column school. Add elm there first: "
        "each row needs school and name.",
    ),
    (
        "find_duties_without_adults",
        {"duties": "duty,kind,minutes,adults\nm,meeting,30,0\n"},
        ("duties", 2, "adults"),
        "nobody does this duty.",
    ),
    (
        "find_circular_order_of_duties",
        {"duties": "duty,kind,minutes,after\na,observation,30,b\nb,debrief,30,c\nc,debrief,30,b\n"},
        ("duties", 3, "after"),
        "goes round in a circle: b after c after b.",
    ),
    (
        "find_funds_named_twice",
        {"positions": f"{POSITION},funding\nP,para,filled,ESP-01,t1-elm:50;t1-elm:50\n"},
        ("positions", 2, "funding"),
        "names the fund 't1-elm' twice.",
    ),
    (
        "find_allowances_in_funding",
        {"positions": f"{POSITION},funding\nP,para,filled,ESP-01,lead-diff@t1-elm:100\n"},
        ("positions", 2, "funding"),
        "speaks of the allowance 'lead-diff'",
    ),
    (
        "find_allowance_funding_that_does_not_fit",
        {"positions": f"{POSITION},allowance_funding\nP,para,filled,ESP-01,lead-diff@t1-elm:100\n"},
        ("positions", 2, "allowance_funding"),
        "which is not among the position's allowances.",
    ),
    (
        "find_allowance_funding_that_does_not_fit",
        {
            "positions": f"{POSITION},allowances,allowance_funding\nP,para,filled,ESP-01,lead-diff,t1-elm:100\n"
        },
        ("positions", 2, "allowance_funding"),
        "names a fund without an allowance.",
    ),
    (
        "find_filled_positions_without_staff",
        {"positions": f"{POSITION}\nP,para,filled,\n"},
        ("positions", 2, "staff"),
        "the position is filled, but nobody is named.",
    ),
    (
        "find_smallest_fte_above_largest",
        {"positions": f"{POSITION},min_fte,max_fte\nP,para,proposed,,0.5,0.4\n"},
        ("positions", 2, "min_fte"),
        "is more than max_fte (0.4).",
    ),
    (
        "find_expenditures_without_an_amount",
        {"expenditures": "expenditure,fund,kind\nX,general,materials\n"},
        ("expenditures", 2, "amount"),
        "is blank, and so are hours and percent: nothing says how much it is.",
    ),
    (
        "find_expenditures_without_an_amount",
        {"expenditures": "expenditure,fund,kind,amount,hours,rate\nX,general,other,100,10,20\n"},
        ("expenditures", 2, "hours"),
        "says how much it is, and so does amount. Leave one of them blank.",
    ),
    (
        "find_expenditures_without_an_amount",
        {"expenditures": "expenditure,fund,kind,hours\nX,general,extra_hours,10\n"},
        ("expenditures", 2, "rate"),
        "is blank: hours need a rate, and a rate hours.",
    ),
    (
        "find_percentages_that_are_not_indirect",
        {"expenditures": "expenditure,fund,kind,percent\nX,general,travel,5\n"},
        ("expenditures", 2, "percent"),
        "is for indirect costs alone, and this is travel.",
    ),
    (
        "find_accounts_of_nothing",
        {
            "district": "name,year_start,year_end,account_format\nS,2026-09-01,2027-06-18,{fund}-{site}\n",
            "accounts": "applies_to,segment,code\nfund:genral,fund,01\n",
        },
        ("accounts", 2, "applies_to"),
        "names no id of the sheet funds. Did you mean 'general'?",
    ),
    (
        "find_accounts_of_nothing",
        {
            "district": "name,year_start,year_end,account_format\nS,2026-09-01,2027-06-18,{fund}-{site}\n",
            "accounts": "applies_to,segment,code\nall,fund,01\nkind:material,site,02\n",
        },
        ("accounts", 3, "applies_to"),
        "Did you mean 'materials'?",
    ),
    (
        "find_segments_of_no_account",
        {
            "district": "name,year_start,year_end,account_format\nS,2026-09-01,2027-06-18,{fund}-{site}\n",
            "accounts": "applies_to,segment,code\nall,sight,01\n",
        },
        ("accounts", 2, "segment"),
        "is no segment of the district's account_format {fund}-{site}. Did you mean 'site'?",
    ),
    (
        "find_steps_without_pay",
        {
            "pay": PAY,
            "positions": f"{POSITION},lane,step\nP,para,filled,ESP-01,BA,1\nQ,para,vacant,,BA,3\n",
        },
        ("positions", 3, "step"),
        "is no step of the schedule 'para', lane 'BA'. It has 1 and 2.",
    ),
    (
        "find_steps_without_pay",
        {"pay": PAY, "positions": f"{POSITION},lane,step\nP,para,proposed,,BA,\n"},
        ("positions", 2, "step"),
        "is blank; the position needs a step of the schedule 'para', lane 'BA'. It has 1 and 2.",
    ),
    (
        "find_steps_without_pay",
        {"pay": PAY, "positions": f"{POSITION},lane,step\nP,para,filled,ESP-01,BAA,1\n"},
        ("positions", 2, "lane"),
        "is no lane of the schedule 'para'. Did you mean 'BA'?",
    ),
    (
        "find_steps_without_pay",
        {"pay": PAY, "positions": f"{POSITION},lane,step\nP,para,filled,ESP-01,BA,2\n"},
        ("positions", 2, "step"),
        "is paid by the schedule 'para' from 2027-01-01 alone, and the position begins before.",
    ),
    (
        "find_unknown_references",
        {"assignments": f"{HELD}\nP-001,ESP-1,,,,,\n"},
        ("assignments", 2, "staff"),
        "is not in the sheet staff. Did you mean 'ESP-01'?",
    ),
    (
        "find_dates_in_wrong_order",
        {"assignments": f"{HELD}\nP-001,ESP-01,2027-02-01,2027-01-31,,,\n"},
        ("assignments", 2, "to"),
        "is before from (2027-02-01).",
    ),
    (
        "find_assignments_outside_their_position",
        {
            "positions": f"{POSITION},end\nP,para,filled,ESP-01,2027-01-31\n",
            "assignments": f"{HELD}\nP,ESP-01,,2027-02-01,,,\n",
        },
        ("assignments", 2, "to"),
        "is after P ends (2027-01-31).",
    ),
    (
        "find_assignments_of_positions_that_are_not_filled",
        {
            "positions": f"{POSITION}\nP,para,vacant,\n",
            "assignments": f"{HELD}\nP,ESP-01,2027-02-01,,,,\n",
        },
        ("assignments", 2, "position"),
        "is vacant in positions, and ESP-01 holds it here.",
    ),
    (
        "find_holders_whom_no_assignment_names",
        {
            "staff": f"{PERSON}\nESP-01,para,elm\nESP-02,para,elm\n",
            "assignments": f"{HELD}\nP-001,ESP-02,2027-02-01,,,,\n",
        },
        ("positions", 2, "staff"),
        "holds P-001 here, and ESP-02 in assignments.",
    ),
    (
        "find_assignments_with_two_sizes",
        {"assignments": f"{HELD}\nP-001,ESP-01,,,0.5,1000,\n"},
        ("assignments", 2, "fte"),
        "is said beside week_minutes.",
    ),
    (
        "find_funding_of_assignments_that_cannot_be_read",
        {"assignments": f"{HELD}\nP-001,ESP-01,,,,,t1-elm:50;t1-elm:50\n"},
        ("assignments", 2, "funding"),
        "names the fund 't1-elm' twice.",
    ),
    (
        "find_funding_of_assignments_that_cannot_be_read",
        {"assignments": f"{HELD}\nP-001,ESP-01,,,,,lead-diff@t1-elm:100\n"},
        ("assignments", 2, "funding"),
        "speaks of the allowance 'lead-diff'",
    ),
    (
        "find_preferences_of_nobody",
        {"preferences": "who,from,to,weight\nstaff:ESP-99,08:00,09:00,2\n"},
        ("preferences", 2, "who"),
        "names no staff of the sheet staff.",
    ),
    (
        "find_preferences_of_nobody",
        {"preferences": "who,from,to,weight\ngrade:12,08:00,09:00,2\n"},
        ("preferences", 2, "who"),
        "is no grade of the district.",
    ),
    (
        "find_preferences_that_say_nothing",
        {"preferences": "who,from,to,weight\nstaff:ESP-01,09:00,09:00,2\n"},
        ("preferences", 2, "to"),
        "is not after the time in from.",
    ),
    (
        "find_preferences_that_say_nothing",
        {"preferences": "who,from,to,weight\nstaff:ESP-01,08:00,09:00,0\n"},
        ("preferences", 2, "weight"),
        "is 0, which says nothing.",
    ),
    (
        "find_pins_that_miss_a_value",
        {"pins": "kind,subject,staff\nsession,elm-read,\nsession,,ESP-01\n"},
        ("pins", 3, "subject"),
        "a session pin needs the group or duty that it holds.",
    ),
    (
        "find_pins_that_miss_a_value",
        {"pins": "kind,school\nplacement,elm\n"},
        ("pins", 2, "staff"),
        "needs the person",
    ),
    (
        "find_pins_that_miss_a_value",
        {"pins": "kind,staff\nplacement,ESP-01\n"},
        ("pins", 2, "school"),
        "a day or both",
    ),
    (
        "find_pins_that_miss_a_value",
        {"pins": "kind,subject\nposition,P-001\n"},
        ("pins", 2, "value"),
        "holds nothing",
    ),
    (
        "find_pins_that_miss_a_value",
        {"pins": "kind,value\nforbid,x\n"},
        ("pins", 2, "subject"),
        "says nothing",
    ),
    (
        "find_position_pins_without_an_fte",
        {"pins": "kind,subject,value\nposition,P-001,0.5\nposition,P-001,half\n"},
        ("pins", 3, "value"),
        "is not an FTE. Write the position's FTE like 0.5",
    ),
    (
        "find_position_pins_without_an_fte",
        {"pins": "kind,subject,value\nposition,P-001,50\n"},
        ("pins", 2, "value"),
        "is more than a whole position.",
    ),
    (
        "find_pins_on_the_wrong_kind_of_subject",
        {"pins": "kind,subject\nsession,P-001\n"},
        ("pins", 2, "subject"),
        "is a position; a session pin needs a group or duty.",
    ),
    (
        "find_minimum_days_without_a_close",
        {
            "calendar": "date,kind,close\n2026-11-25,minimum_day,12:30\n2026-11-26,holiday,\n2026-12-18,minimum_day,\n"
        },
        ("calendar", 4, "close"),
        "a minimum day needs the time at which schools close. Write it like 12:30.",
    ),
    (
        "find_minimum_days_without_a_close",
        {"calendar": "date,kind\n2026-11-25,minimum_day\n"},
        ("calendar", 2, "close"),
        "a minimum day needs the time",
    ),
    (
        "find_unknown_rules",
        {"rules": "rule,setting\nduty_free_lunsh,off\n"},
        ("rules", 2, "rule"),
        "is no rule. Did you mean 'duty_free_lunch'?",
    ),
    (
        "find_unknown_rules",
        {"rules": "rule,setting\nwindows,soft\n"},
        ("rules", 2, "setting"),
        "makes no sense for the rule windows; it may be hard or off.",
    ),
    (
        "find_unknown_scopes",
        {"rules": "rule,applies_to\npreparation,role:pora\n"},
        ("rules", 2, "applies_to"),
        "names no role of the sheet roles. Did you mean 'para'?",
    ),
    (
        "find_unknown_scopes",
        {"rules": "rule,applies_to\npreparation,tier:3\n"},
        ("rules", 2, "applies_to"),
        "does not go with preparation, which is set apart by role:….",
    ),
    (
        "find_parameters_that_do_not_fit",
        {"rules": "rule,parameter,value\npreparation,break_minutes,15\n"},
        ("rules", 2, "parameter"),
        "is no parameter of the rule preparation",
    ),
    (
        "find_parameters_that_do_not_fit",
        {"rules": "rule,parameter,value\nconsecutive_contact,break_minutes,0\n"},
        ("rules", 2, "value"),
        "must be at least 1.",
    ),
    (
        "find_unknown_scopes",
        {"rules": "rule,applies_to\ndosage,tier:4\n"},
        ("rules", 2, "applies_to"),
        "is no tier.",
    ),
    (
        "find_unknown_scopes",
        {"rules": "rule,applies_to\ndosage,elm\n"},
        ("rules", 2, "applies_to"),
        "tier:3, role:para",
    ),
    (
        "find_parameters_that_do_not_fit",
        {"rules": "rule,parameter,value\nconsecutive_contact,brake_minutes,15\n"},
        ("rules", 2, "parameter"),
        "Did you mean 'break_minutes'?",
    ),
    (
        "find_parameters_that_do_not_fit",
        {"rules": "rule,parameter,value\nconsecutive_contact,break_minutes,long\n"},
        ("rules", 2, "value"),
        "is not a whole number.",
    ),
    (
        "find_parameters_that_do_not_fit",
        {"rules": "rule,parameter,value\nfederal_mix,federal_pairs,title-1+title-3;title-1\n"},
        ("rules", 2, "value"),
        "is no list of pairs of programs. Write it like title-1+title-3",
    ),
    *(
        (
            "find_parameters_that_do_not_fit",
            {"rules": f"rule,parameter,value\nposition_split,allowed_hours,{value}\n"},
            ("rules", 2, "value"),
            f"'{named}' is no split of a job into hours a day. Write it like 3+3; 3+5; 4+4.",
        )
        for value, named in (
            ("3+3; 3+five", "3+five"),
            ("6", "6"),
            ("3+3;", ""),
            ("3+3 4+4", "3+3 4+4"),
        )
    ),
]


def test_the_small_dataset_has_no_faults():
    assert small.faults() == []


def test_every_finder_has_a_case():
    assert {find.__name__ for find in (*FINDERS, *PRICED)} == {case[0] for case in CASES}


def test_a_fund_that_cannot_pay_is_a_warning():
    changes = {
        "pay": PAY,
        "programs": "program,source,hold_percent\ntitle-1,federal,3\n",
        "funds": "fund,program,amount\nt1-elm,title-1,30000\ngeneral,title-1,30000.01\n",
        "positions": f"{POSITION},fte,lane,step,funding\n"
        "P,para,filled,ESP-01,1,BA,1,t1-elm:48.5;general:51.5\n",
    }
    assert small.faults(**changes) == []
    overdrawn: list[Fault] = []
    parse(small.tables(**changes), overdrawn)
    (warned,) = overdrawn
    assert (warned.kind, warned.sheet, warned.row) == ("warning", "funds", 3)
    assert warned.rule == (
        "does not pay the filled positions on it, which cost $30,900.00 (less $900.00 held back)."
    )
    assert warned.fix == "Most of it goes to P: pay less of them from it."


@pytest.mark.parametrize(
    ("finder", "changes", "place", "words"), CASES, ids=[f"{c[0]}-{c[2][0]}" for c in CASES]
)
def test_one_inconsistency_is_one_fault(
    finder: str, changes: dict[str, str | None], place: tuple[str, int, str], words: str
):
    found = small.faults(**changes)
    assert [(fault.sheet, fault.row, fault.column) for fault in found] == [place], found
    assert words in f"{found[0].rule} {found[0].fix}"


@pytest.mark.parametrize(
    ("finder", "changes"),
    [(case[0], case[1]) for case in CASES],
    ids=[f"{c[0]}-{c[2][0]}" for c in CASES],
)
def test_only_its_own_finder_finds_it(
    monkeypatch: pytest.MonkeyPatch, finder: str, changes: dict[str, str | None]
):
    """What is priced is asked only where nothing else is wrong."""
    among = [find.__name__ for find in PRICED]
    monkeypatch.setattr(
        "planner.sheets.consistency.FINDERS",
        tuple(find for find in FINDERS if find.__name__ != finder),
    )
    monkeypatch.setattr(
        "planner.sheets.consistency.PRICED",
        tuple(f for f in PRICED if finder in among and f.__name__ != finder),
    )
    assert [fault for fault in small.faults(**changes) if "always needed" not in fault.rule] == []


@pytest.mark.parametrize(
    "changes",
    [
        {"groups": f"{GROUP}\nelm-read,elm,K,2,30,8/quarter,4\n"},
        {"groups": f"{GROUP}\nelm-read,elm,K,2,30,4,\n", "members": "student,group\ns1,elm-read\n"},
        {"staff": f"{PERSON},fte,start,end\nESP-01,para,elm,0.333,8:00,10:50\n"},
        {"staff": f"{PERSON},shifts\nESP-01,para,elm,Mon-Thu 8:00-15:30;Fri 7:00-14:30\n"},
        {
            "staff": f"{PERSON},fte,start,end\nESP-01,para,elm,0.5,8:00,15:30\n",
            "roles": f"{ROLE},part_time\npara,P,420,195,days\n",
        },
        {"staff": f"{PERSON},week_minutes,start,end\nESP-01,para,elm,1975,8:00,15:05\n"},
        {"pins": "kind,staff,day\nforbid,ESP-01,Mon\nplacement,ESP-01,Tue\n"},
        {"pay": "schedule,step,amount,unit\nother,1,20,hour\n"},
        {
            "allowances": "allowance,amount,unit,match\nlead-diff,150,period,same_percent\n",
            "positions": f"{POSITION},allowances,allowance_funding\nP,para,filled,ESP-01,lead-diff,lead-diff@t1-elm:40\n",
        },
        {"travel": "from,to,minutes\nelm,oak,10\noak,elm,12\n"},
        {"district": f"{DISTRICT},plan_date\nA,2026-09-01,2026-09-01,2026-09-01\n"},
    ],
)
def test_what_is_allowed(changes: dict[str, str]):
    assert small.faults(**changes) == []


def test_ten_days_are_two_weeks():
    cycle = ";".join(f"{day}{week}" for week in "AB" for day in ("Mon", "Tue", "Wed", "Thu", "Fri"))
    district = f"{DISTRICT},cycle\nA,2026-09-01,2027-06-18,{cycle}\n"
    person = f"{PERSON},week_minutes,start,end\nESP-01,para,elm,1975,8:00,15:05\n"
    groups = f"{GROUP}\nelm-read,elm,K,2,30,10,4\n"
    assert small.faults(district=district, staff=person, groups=groups) == []


def test_faults_leave_no_trace(tmp_path: Path):
    folder = small.folder(tmp_path / "data", staff=f"{PERSON}\nESP-01,para,oaq\n")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(DatasetError, match="Did you mean 'oak'"):
        load(folder)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_sheet_that_cannot_be_read_blames_no_reference():
    found = small.faults(schools="school,title\nelm,Elm\n")
    assert [(fault.sheet, fault.column) for fault in found] == [
        ("schools", "title"),
        ("schools", "name"),
    ]


def test_thousands_of_wrong_names_are_told_quickly():
    members = "student,group\n" + "".join(f"s{n},elm-rea{n}\n" for n in range(3000))
    with pytest.raises(DatasetError) as caught:
        parse(small.tables(members=members))
    assert len(caught.value.faults) == 3000
