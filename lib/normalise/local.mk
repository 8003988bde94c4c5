# SPDX-License-Identifier: Apache-2.0
libunspoof_a_SOURCES += \
	lib/normalise/address.c \
	lib/normalise/address.h \
	lib/normalise/call_columns.c \
	lib/normalise/call_worker.c \
	lib/normalise/call_worker.h \
	lib/normalise/calls.c \
	lib/normalise/countries.c \
	lib/normalise/countries.h \
	lib/normalise/flags.c \
	lib/normalise/flags.h \
	lib/normalise/flags_parse.c \
	lib/normalise/flags_table.h \
	lib/normalise/keys.c \
	lib/normalise/keys.h \
	lib/normalise/legs.c \
	lib/normalise/legs.h \
	lib/normalise/locals.c \
	lib/normalise/locals.h \
	lib/normalise/meaning.c \
	lib/normalise/meaning.h \
	lib/normalise/normalise.c \
	lib/normalise/normalise.h \
	lib/normalise/normaliser.h \
	lib/normalise/number.c \
	lib/normalise/number.h \
	lib/normalise/number_blocks.c \
	lib/normalise/number_blocks.h \
	lib/normalise/number_blocks_avx512.c \
	lib/normalise/number_carrier.c \
	lib/normalise/number_carrier.h \
	lib/normalise/number_damage.c \
	lib/normalise/number_damage.h \
	lib/normalise/number_extension.c \
	lib/normalise/number_extension.h \
	lib/normalise/number_form.c \
	lib/normalise/number_form.h \
	lib/normalise/number_prefix.c \
	lib/normalise/number_prefix.h \
	lib/normalise/number_read.c \
	lib/normalise/number_read.h \
	lib/normalise/number_symbols.c \
	lib/normalise/number_symbols.h \
	lib/normalise/number_text.c \
	lib/normalise/number_text.h \
	lib/normalise/number_unicode.c \
	lib/normalise/number_unicode.h \
	lib/normalise/number_unwrap.c \
	lib/normalise/number_unwrap.h \
	lib/normalise/number_withheld.c \
	lib/normalise/number_withheld.h \
	lib/normalise/numbers.c \
	lib/normalise/numbers.h \
	lib/normalise/numplan.c \
	lib/normalise/numplan.h \
	lib/normalise/numplan_settled.c \
	lib/normalise/numplan_tables.h \
	lib/normalise/order.c \
	lib/normalise/readings.c \
	lib/normalise/readings.h \
	lib/normalise/row_batch.h \
	lib/normalise/row_read.c \
	lib/normalise/rows.c \
	lib/normalise/sources.c \
	lib/normalise/talk.c \
	lib/normalise/talk.h \
	lib/normalise/tzif.c \
	lib/normalise/tzif.h \
	lib/normalise/tzrule.c \
	lib/normalise/tzrule.h \
	lib/normalise/words.c \
	lib/normalise/words.h \
	lib/normalise/zone.c \
	lib/normalise/zone.h

# The numbering plan becomes tables at build time.
noinst_PROGRAMS += plangen
plangen_SOURCES = \
	lib/normalise/numplan_tables.h \
	build-aux/plangen/plangen.c build-aux/plangen/plangen.h \
	build-aux/plangen/plangen_base.c \
	build-aux/plangen/plangen_dag.c \
	build-aux/plangen/plangen_pattern.c \
	build-aux/plangen/plangen_plan.c \
	build-aux/plangen/plangen_prefix.c
plangen_LDADD =

nodist_libunspoof_a_SOURCES += lib/normalise/numplan_tables.c
dist_pkgdata_DATA += data/numplan.tsv data/NUMPLAN.md
CLEANFILES += lib/normalise/numplan_tables.c

lib/normalise/numplan_tables.c: data/numplan.tsv plangen$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) lib/normalise && \
	./plangen$(EXEEXT) $(srcdir)/data/numplan.tsv >$@.tmp && mv $@.tmp $@

nodist_libunspoof_a_SOURCES += lib/normalise/flags_builtin.c
dist_pkgdata_DATA += data/flags.tsv
CLEANFILES += lib/normalise/flags_builtin.c

lib/normalise/flags_builtin.c: data/flags.tsv build-aux/embed.awk
	$(AM_V_GEN)$(MKDIR_P) lib/normalise && cd $(srcdir) && \
	LC_ALL=C $(AWK) -v header=normalise/flags.h -v text=flags_builtin \
	-f build-aux/embed.awk data/flags.tsv >$(abs_builddir)/$@.tmp && \
	mv $(abs_builddir)/$@.tmp $(abs_builddir)/$@
