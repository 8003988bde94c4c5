# SPDX-License-Identifier: Apache-2.0
dist_noinst_SCRIPTS += examples/demo.sh build-aux/setup.sh build-aux/build.sh build-aux/house.sh
