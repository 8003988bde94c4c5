# SPDX-License-Identifier: Apache-2.0
dist_man_MANS += \
	man/unspoof-compact.1 \
	man/unspoof-correlate.1 \
	man/unspoof-drop.1 \
	man/unspoof-export.1 \
	man/unspoof-ingest.1 \
	man/unspoof-log.1 \
	man/unspoof-match.1 \
	man/unspoof-normalise.1 \
	man/unspoof-number.1 \
	man/unspoof-query.1 \
	man/unspoof-redo.1 \
	man/unspoof-rows.1 \
	man/unspoof-run.1 \
	man/unspoof-show.1 \
	man/unspoof-sniff.1 \
	man/unspoof-summary.1 \
	man/unspoof-trace.1 \
	man/unspoof-verify.1 \
	man/unspoof-why.1 \
	man/unspoof.1 \
	man/unspoof-case.5 \
	man/unspoof-flags.5 \
	man/unspoof-profile.5 \
	man/unspoof-profiles.5 \
	man/unspoof-status.5 \
	man/unspoof-tables.5
