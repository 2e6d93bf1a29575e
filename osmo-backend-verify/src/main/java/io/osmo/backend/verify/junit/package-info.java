// SPDX-License-Identifier: Apache-2.0
/** Checks as tests of a host's build. Needs JUnit 5 on the class path; this library does not add it. */
@NullMarked
package io.osmo.backend.verify.junit;

import org.jspecify.annotations.NullMarked;
