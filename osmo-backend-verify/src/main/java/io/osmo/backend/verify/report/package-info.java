// SPDX-License-Identifier: Apache-2.0
/** Reports of a verification, as text, JSON, JUnit XML and an HTML page. */
@NullMarked
package io.osmo.backend.verify.report;

import org.jspecify.annotations.NullMarked;
