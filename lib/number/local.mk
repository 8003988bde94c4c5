# SPDX-License-Identifier: Apache-2.0
libunspoof_a_SOURCES += \
	lib/number/number.c \
	lib/number/number.h \
	lib/number/number_choose.c \
	lib/number/number_choose.h \
	lib/number/plan/number_prefix.c \
	lib/number/plan/number_prefix.h \
	lib/number/plan/numplan.c \
	lib/number/plan/numplan.h \
	lib/number/plan/numplan_settled.c \
	lib/number/plan/numplan_tables.h \
	lib/number/plan/region.c \
	lib/number/plan/region.h \
	lib/number/read/number_carrier.c \
	lib/number/read/number_carrier.h \
	lib/number/read/number_damage.c \
	lib/number/read/number_damage.h \
	lib/number/read/number_extension.c \
	lib/number/read/number_extension.h \
	lib/number/read/number_form.c \
	lib/number/read/number_form.h \
	lib/number/read/number_name.c \
	lib/number/read/number_name.h \
	lib/number/read/number_read.c \
	lib/number/read/number_read.h \
	lib/number/read/number_several.c \
	lib/number/read/number_several.h \
	lib/number/read/number_symbols.c \
	lib/number/read/number_symbols.h \
	lib/number/read/number_text.c \
	lib/number/read/number_text.h \
	lib/number/read/number_unicode.c \
	lib/number/read/number_unicode.h \
	lib/number/read/number_unwrap.c \
	lib/number/read/number_unwrap.h \
	lib/number/read/number_withheld.c \
	lib/number/read/number_withheld.h

# The numbering plan becomes tables at build time.
noinst_PROGRAMS += plangen
plangen_SOURCES = \
	lib/number/plan/numplan_tables.h \
	build-aux/plangen/plangen.c build-aux/plangen/plangen.h \
	build-aux/plangen/plangen_base.c \
	build-aux/plangen/plangen_dag.c \
	build-aux/plangen/plangen_pattern.c \
	build-aux/plangen/plangen_plan.c \
	build-aux/plangen/plangen_prefix.c
plangen_LDADD = $(CRYPTO_LIBS)

nodist_libunspoof_a_SOURCES += lib/number/plan/numplan_tables.c
dist_pkgdata_DATA += data/numplan.tsv data/NUMPLAN.md
CLEANFILES += lib/number/plan/numplan_tables.c

lib/number/plan/numplan_tables.c: data/numplan.tsv plangen$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) lib/number/plan && \
	./plangen$(EXEEXT) $(srcdir)/data/numplan.tsv >$@.tmp && mv $@.tmp $@
