// SPDX-License-Identifier: Apache-2.0
/** Inputs that nobody would write, to every parser: mvn -Pfuzz -pl osmo-backend-tests -am test. */
@NullMarked
package io.osmo.backend.tests.fuzz;

import org.jspecify.annotations.NullMarked;
