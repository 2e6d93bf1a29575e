// SPDX-License-Identifier: Apache-2.0
/** Causes for which nodes do not join, planted on each emulated cloud and named by a diagnosis. */
@NullMarked
package io.osmo.backend.tests.diagnosis;

import org.jspecify.annotations.NullMarked;
