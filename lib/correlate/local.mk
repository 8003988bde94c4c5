# SPDX-License-Identifier: Apache-2.0
libunspoof_a_SOURCES += \
	lib/correlate/calls/call_check.c \
	lib/correlate/calls/call_check.h \
	lib/correlate/calls/call_ips.c \
	lib/correlate/calls/call_ips.h \
	lib/correlate/calls/call_scan.c \
	lib/correlate/calls/call_scan.h \
	lib/correlate/calls/cost_scan.c \
	lib/correlate/calls/cost_scan.h \
	lib/correlate/calls/long_calls.c \
	lib/correlate/calls/long_calls.h \
	lib/correlate/calls/partition_sample.c \
	lib/correlate/calls/partition_sample.h \
	lib/correlate/calls/unsure.c \
	lib/correlate/calls/unsure.h \
	lib/correlate/calls/usage.c \
	lib/correlate/calls/usage.h \
	lib/correlate/calls/usage_cost.h \
	lib/correlate/calls/usage_scan.c \
	lib/correlate/calls/usage_scan.h \
	lib/correlate/calls/usage_worker.c \
	lib/correlate/calls/usage_worker.h \
	lib/correlate/correlate.c \
	lib/correlate/correlate.h \
	lib/correlate/correlation.h \
	lib/correlate/directory.c \
	lib/correlate/directory.h \
	lib/correlate/figures/account_figures.c \
	lib/correlate/figures/account_figures.h \
	lib/correlate/figures/figures.c \
	lib/correlate/figures/figures.h \
	lib/correlate/figures/person_figures.c \
	lib/correlate/figures/person_figures.h \
	lib/correlate/figures/suspects.c \
	lib/correlate/figures/suspects.h \
	lib/correlate/funnel.c \
	lib/correlate/funnel.h \
	lib/correlate/interrupt.h \
	lib/correlate/money/aside.c \
	lib/correlate/money/aside.h \
	lib/correlate/money/apportion_spill.c \
	lib/correlate/money/apportion_spill.h \
	lib/correlate/money/payments.c \
	lib/correlate/money/payments.h \
	lib/correlate/money/rate_gaps.c \
	lib/correlate/money/rate_gaps.h \
	lib/correlate/money/rates.c \
	lib/correlate/money/rates.h \
	lib/correlate/money/share_basis.c \
	lib/correlate/money/share_basis.h \
	lib/correlate/notices.c \
	lib/correlate/notices.h \
	lib/correlate/persons/email_identity.c \
	lib/correlate/persons/email_identity.h \
	lib/correlate/persons/email_twins.c \
	lib/correlate/persons/email_twins.h \
	lib/correlate/persons/identifiers.c \
	lib/correlate/persons/identifiers.h \
	lib/correlate/persons/identity_read.c \
	lib/correlate/persons/identity_read.h \
	lib/correlate/persons/identity_sift.c \
	lib/correlate/persons/identity_sift.h \
	lib/correlate/persons/link_judge.c \
	lib/correlate/persons/link_judge.h \
	lib/correlate/persons/link_remarks.c \
	lib/correlate/persons/links.c \
	lib/correlate/persons/links.h \
	lib/correlate/persons/never.c \
	lib/correlate/persons/never.h \
	lib/correlate/persons/persons.c \
	lib/correlate/persons/persons.h \
	lib/correlate/persons/weak.c \
	lib/correlate/persons/weak.h \
	lib/correlate/presented/presentations.c \
	lib/correlate/presented/presentations.h \
	lib/correlate/presented/presented_key.c \
	lib/correlate/presented/presented_key.h \
	lib/correlate/reports/report_day.c \
	lib/correlate/reports/report_day.h \
	lib/correlate/reports/report_match.c \
	lib/correlate/reports/report_match.h \
	lib/correlate/reports/reports.c \
	lib/correlate/reports/reports.h \
	lib/correlate/score.c \
	lib/correlate/score.h \
	lib/correlate/settings.c \
	lib/correlate/settings_check.c \
	lib/correlate/settings.h \
	lib/correlate/summary/summary.c \
	lib/correlate/summary/summary.h \
	lib/correlate/summary/summary_keys.c \
	lib/correlate/summary/summary_money.c \
	lib/correlate/summary/summary_money.h \
	lib/correlate/summary/summary_scan.c \
	lib/correlate/summary/summary_scan.h \
	lib/correlate/victims/own_numbers.c \
	lib/correlate/victims/own_numbers.h \
	lib/correlate/victims/presented_victims.c \
	lib/correlate/victims/presented_victims.h \
	lib/correlate/victims/victim_block.c \
	lib/correlate/victims/victim_block.h \
	lib/correlate/victims/victim_find.c \
	lib/correlate/victims/victim_find.h \
	lib/correlate/victims/victim_scan.c \
	lib/correlate/victims/victim_scan.h \
	lib/correlate/victims/victims.c \
	lib/correlate/victims/victims.h \
	lib/correlate/victims/victims_write.c \
	lib/correlate/victims/victims_write.h

nodist_libunspoof_a_SOURCES += lib/correlate/score_builtin.c
dist_pkgdata_DATA += data/score.txt
CLEANFILES += lib/correlate/score_builtin.c

lib/correlate/score_builtin.c: data/score.txt build-aux/embed.awk
	$(AM_V_GEN)$(MKDIR_P) lib/correlate && cd $(srcdir) && \
	LC_ALL=C $(AWK) -v header=correlate/score.h -v text=score_builtin \
	-f build-aux/embed.awk data/score.txt >$(abs_builddir)/$@.tmp && \
	mv $(abs_builddir)/$@.tmp $(abs_builddir)/$@

nodist_libunspoof_a_SOURCES += lib/correlate/persons/weak_builtin.c
dist_pkgdata_DATA += data/weak.tsv
CLEANFILES += lib/correlate/persons/weak_builtin.c

lib/correlate/persons/weak_builtin.c: data/weak.tsv build-aux/embed.awk
	$(AM_V_GEN)$(MKDIR_P) lib/correlate/persons && cd $(srcdir) && \
	LC_ALL=C $(AWK) -v header=correlate/persons/weak.h -v text=weak_builtin \
	-f build-aux/embed.awk data/weak.tsv >$(abs_builddir)/$@.tmp && \
	mv $(abs_builddir)/$@.tmp $(abs_builddir)/$@

nodist_libunspoof_a_SOURCES += lib/correlate/persons/providers_builtin.c
dist_pkgdata_DATA += data/providers.tsv
CLEANFILES += lib/correlate/persons/providers_builtin.c

lib/correlate/persons/providers_builtin.c: data/providers.tsv build-aux/embed.awk
	$(AM_V_GEN)$(MKDIR_P) lib/correlate/persons && cd $(srcdir) && \
	LC_ALL=C $(AWK) -v header=correlate/persons/email_identity.h -v text=providers_builtin \
	-f build-aux/embed.awk data/providers.tsv >$(abs_builddir)/$@.tmp && \
	mv $(abs_builddir)/$@.tmp $(abs_builddir)/$@
