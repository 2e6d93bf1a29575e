// SPDX-License-Identifier: Apache-2.0
/** Checks as tests of a host's build. Needs JUnit 5 on the class path, which this library does not bring. */
@NullMarked
package io.osmo.backend.verify.junit;

import org.jspecify.annotations.NullMarked;
