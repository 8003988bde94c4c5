# SPDX-License-Identifier: Apache-2.0
libunspoof_a_SOURCES += \
	lib/normalise/absences.c \
	lib/normalise/absences.h \
	lib/normalise/calls/call_absent.c \
	lib/normalise/calls/call_absent.h \
	lib/normalise/calls/call_columns.c \
	lib/normalise/calls/call_statuses.c \
	lib/normalise/calls/call_statuses.h \
	lib/normalise/calls/call_times.c \
	lib/normalise/calls/call_times.h \
	lib/normalise/calls/call_worker.c \
	lib/normalise/calls/call_worker.h \
	lib/normalise/calls/calls.c \
	lib/normalise/calls/calls.h \
	lib/normalise/calls/form_meaning.c \
	lib/normalise/calls/form_meaning.h \
	lib/normalise/calls/legs.c \
	lib/normalise/calls/legs.h \
	lib/normalise/calls/local_ids.c \
	lib/normalise/calls/local_ids.h \
	lib/normalise/calls/number_blocks.c \
	lib/normalise/calls/number_blocks.h \
	lib/normalise/calls/number_blocks_avx2.c \
	lib/normalise/calls/number_blocks_avx512.c \
	lib/normalise/calls/number_column.c \
	lib/normalise/calls/number_column.h \
	lib/normalise/calls/talk.c \
	lib/normalise/calls/talk.h \
	lib/normalise/cost/cost_tally.h \
	lib/normalise/cost/cost_tell.c \
	lib/normalise/cost/cost_tell.h \
	lib/normalise/cost/costs.c \
	lib/normalise/cost/costs.h \
	lib/normalise/countries.c \
	lib/normalise/countries.h \
	lib/normalise/decide/decide.c \
	lib/normalise/decide/decide.h \
	lib/normalise/decide/decide_check.c \
	lib/normalise/decide/decide_value.c \
	lib/normalise/decide/decide_value.h \
	lib/normalise/doubt/days.c \
	lib/normalise/doubt/days.h \
	lib/normalise/doubt/doubts.c \
	lib/normalise/doubt/doubts.h \
	lib/normalise/duplicates/duplicates.c \
	lib/normalise/duplicates/duplicates.h \
	lib/normalise/duplicates/twin.c \
	lib/normalise/duplicates/twin.h \
	lib/normalise/duplicates/twin_filter.c \
	lib/normalise/duplicates/twin_filter.h \
	lib/normalise/duplicates/twin_gather.c \
	lib/normalise/duplicates/twin_gather.h \
	lib/normalise/duplicates/twin_judge.c \
	lib/normalise/duplicates/twin_judge.h \
	lib/normalise/duplicates/twin_key.c \
	lib/normalise/duplicates/twin_key.h \
	lib/normalise/duplicates/twin_mark.c \
	lib/normalise/duplicates/twin_mark.h \
	lib/normalise/duplicates/twin_meaning.c \
	lib/normalise/duplicates/twin_meaning.h \
	lib/normalise/duplicates/twin_row.c \
	lib/normalise/duplicates/twin_row.h \
	lib/normalise/duplicates/twin_scan.c \
	lib/normalise/duplicates/twin_scan.h \
	lib/normalise/duplicates/twin_span.c \
	lib/normalise/duplicates/twin_span.h \
	lib/normalise/duplicates/twin_tell.c \
	lib/normalise/duplicates/twin_tell.h \
	lib/normalise/flags.c \
	lib/normalise/flags.h \
	lib/normalise/flags_parse.c \
	lib/normalise/flags_table.h \
	lib/normalise/instant.c \
	lib/normalise/instant.h \
	lib/normalise/joins/call_join.c \
	lib/normalise/joins/call_join.h \
	lib/normalise/joins/join_count.c \
	lib/normalise/joins/join_map.c \
	lib/normalise/joins/join_map.h \
	lib/normalise/joins/joins.c \
	lib/normalise/joins/joins.h \
	lib/normalise/keys.c \
	lib/normalise/keys.h \
	lib/normalise/money/marks.c \
	lib/normalise/money/marks.h \
	lib/normalise/clock/measured.c \
	lib/normalise/clock/measured.h \
	lib/normalise/normalise.c \
	lib/normalise/normalise.h \
	lib/normalise/notes.c \
	lib/normalise/notes.h \
	lib/normalise/order.c \
	lib/normalise/order.h \
	lib/normalise/quality/amount_verdict.c \
	lib/normalise/quality/amount_verdict.h \
	lib/normalise/quality/call_sample.c \
	lib/normalise/quality/call_sample.h \
	lib/normalise/quality/call_tally.c \
	lib/normalise/quality/call_tally.h \
	lib/normalise/quality/call_verdict.c \
	lib/normalise/quality/call_verdict.h \
	lib/normalise/quality/example.c \
	lib/normalise/quality/example.h \
	lib/normalise/quality/manner_fit.c \
	lib/normalise/quality/manner_fit.h \
	lib/normalise/quality/number_draw.c \
	lib/normalise/quality/number_draw.h \
	lib/normalise/quality/number_verdict.c \
	lib/normalise/quality/number_verdict.h \
	lib/normalise/quality/prefix_fit.c \
	lib/normalise/quality/prefix_fit.h \
	lib/normalise/quality/quality.c \
	lib/normalise/quality/quality.h \
	lib/normalise/quality/region_guess.c \
	lib/normalise/quality/region_guess.h \
	lib/normalise/quality/unreadable.c \
	lib/normalise/quality/unreadable.h \
	lib/normalise/readings.c \
	lib/normalise/readings.h \
	lib/normalise/rows/payment_equal.c \
	lib/normalise/rows/payment_judge.c \
	lib/normalise/rows/payment_judge.h \
	lib/normalise/rows/payment_twins.c \
	lib/normalise/rows/payment_twins.h \
	lib/normalise/rows/report_twins.c \
	lib/normalise/rows/row_block.h \
	lib/normalise/rows/row_cells.c \
	lib/normalise/rows/row_cells.h \
	lib/normalise/rows/row_read.c \
	lib/normalise/rows/row_store.c \
	lib/normalise/rows/row_store.h \
	lib/normalise/rows/row_twins.c \
	lib/normalise/rows/row_twins.h \
	lib/normalise/rows/rows.c \
	lib/normalise/rows/rows.h \
	lib/normalise/source_sense.c \
	lib/normalise/source_sense.h \
	lib/normalise/status/known.c \
	lib/normalise/status/known.h \
	lib/normalise/status/tally.c \
	lib/normalise/status/tally.h \
	lib/normalise/status/refund_tell.c \
	lib/normalise/status/refund_tell.h \
	lib/normalise/status/status_tell.c \
	lib/normalise/status/status_tell.h \
	lib/normalise/words.c \
	lib/normalise/words.h

nodist_libunspoof_a_SOURCES += lib/normalise/flags_builtin.c lib/normalise/status/builtin.c
dist_pkgdata_DATA += data/flags.tsv data/status.tsv
CLEANFILES += lib/normalise/flags_builtin.c lib/normalise/status/builtin.c

lib/normalise/flags_builtin.c: data/flags.tsv build-aux/embed.awk
	$(AM_V_GEN)$(MKDIR_P) lib/normalise && cd $(srcdir) && \
	LC_ALL=C $(AWK) -v header=normalise/flags.h -v text=flags_builtin \
	-f build-aux/embed.awk data/flags.tsv >$(abs_builddir)/$@.tmp && \
	mv $(abs_builddir)/$@.tmp $(abs_builddir)/$@

lib/normalise/status/builtin.c: data/status.tsv build-aux/embed.awk
	$(AM_V_GEN)$(MKDIR_P) lib/normalise/status && cd $(srcdir) && \
	LC_ALL=C $(AWK) -v header=normalise/status/known.h -v text=status_builtin \
	-f build-aux/embed.awk data/status.tsv >$(abs_builddir)/$@.tmp && \
	mv $(abs_builddir)/$@.tmp $(abs_builddir)/$@
