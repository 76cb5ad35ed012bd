"""What people call things: per language, one line per role, phrases as `roles.normalised` leaves them."""

from __future__ import annotations

ENGLISH = """
testing: testing; tests; testing results; testing approach; unit testing; integration testing; end to end testing;
    performance testing
change: changes; code changes; technical implementation; implementation details; database changes; api changes;
    configuration changes; files created; files modified; files changed; dependencies added
deployment: deployment; deployment strategy; deployment timeline; environment rollout; rollback procedures; rollout;
    rollback
security: security; security considerations; security review
metric: metrics; metrics outcomes; metrics and outcomes; coverage; metrics of success
support: support; support information; post implementation
integration: integration; integrations; infrastructure integration; third party integration lessons
known-issue: known issues; known issue
problem: problem; the problem; what happened; what broke; what went wrong; issue; issues discovered; bug; challenge;
    challenges; challenges encountered; challenges faced; problem discovered; situation; incident; problem caused;
    what we saw; background; what we tried; failure; mistake; gotcha
symptom: symptom; symptoms; error; error message; observed; how it showed; detection
impact: impact; effect; consequence; consequences; why this matters; why it matters; damage; cost
cause: cause; root cause; root causes; root cause analysis; why it happened; why did these issues happen; why;
    contributing factors; why it failed; reason for failure; trigger; causes; diagnosis
fix: fix; the fix; solution; the solution; solutions; resolution; action taken; how we fixed it; workaround; what we
    changed; mitigation; correction; remedy; solution implemented; how it was fixed; alternative; critical routing
    configuration fix; recovery; remediation; what we did; actions taken
rule: rule; the rule; future rule; apply; prevention; preventive measures; from now on; standing rule; how to avoid;
    guard; lesson for future; lessons for future features; lessons for later work; tips for future; tip; tips; best
    practice; best practices; recommendation; recommendations; do this instead; how to apply; prevents; better
    approach; what stands from now on; guideline; guidelines; policy
takeaway: takeaway; key takeaway; takeaways; key takeaways; what we learned; lesson; lessons; the lesson; lesson
    learned; lessons learned; learned; key learnings; learning; learnings; moral; conclusion; in one sentence;
    remember; key lesson; key insight
insight: insight; insights; technical insights; the core insight; core insight; observation; finding; findings
summary: summary; overview; executive summary; tl dr; tldr; abstract; in short; at a glance
example: example; examples; example usage
pitfall: pitfall; pitfalls; common pitfalls; common pitfalls to avoid; traps; caveat; caveats
question: q; question; questions; questions and answers; faq
answer: a; answer; answers
pattern: pattern; patterns; patterns that work; what works; replication pattern
anti-pattern: anti pattern; anti patterns; antipattern; antipatterns; anti patterns discovered; avoid
well: what went well; went well; what worked; what worked well; worked well; keep; the good; successes; wins;
    positives; strengths; key achievements; what to keep
badly: what didn t go well; what did not go well; didn t go well; what went badly; went badly; what could be improved;
    what could improve; could be improved; areas for improvement; the bad; what didn t work; what did not work; what
    went poorly; weaknesses; pain points; to improve; negatives
surprise: surprise; surprises; what surprised us; surprised us; where we got lucky
action: action; action items; action item; actions; next steps; follow up; follow ups; followups; to do; todo; tasks;
    must do; should do; corrective actions; preventive actions; improvement actions; follow up actions
decision: decision; decisions; technical decisions made; key decisions made; technical decisions; key decisions;
    architecture choices; decision outcome; key design decisions
rationale: rationale; justification; trade off; trade offs; reason; reasons; reasoning; why it works; benefit
debt: debt; technical debt; tech debt
enhancement: enhancement; enhancements; future enhancements; future work; improvements; enhancement opportunities
process: process improvements; process changes; process improvement; process; process learnings
knowledge: knowledge transfer; knowledge to pass on; knowledge sharing
timeline: timeline; sequence of events; chronology
severity: severity; sev; priority level
duration: duration; time to resolution; total duration; downtime; time lost
status: status; state
owner: owner; assignee; responsible; who; author; owner role; lead developer; assigned to
priority: priority; prio; importance
due: due; due date; deadline; by when; target date; eta
date: date; dates; when; created; last updated; updated; integration date; implementation date; date of incident
participants: participants; team; team members; attendees; people; who was there
related: related; related docs; references; see also; links; related issues; related issues solved; related links
retained: retained; how it s retained; how it is retained; enforcement; how it is kept; how we keep it
result: result; results; outcome; outcomes; improvement; improvement metrics
plan: plan; planned
actual: actual; actuals; actually
deviation: deviation; deviations; deviations from plan
evidence: evidence; proof; measurements
sign-off: sign off; sign offs; signoff; stakeholder sign off; approval; approvals
"""

LANGUAGES = {"en": ENGLISH}
