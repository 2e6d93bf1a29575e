// SPDX-License-Identifier: Apache-2.0
/** Benchmarks; docs/benchmarks.md says how to run them. */
@NullMarked
package io.osmo.backend.tests.bench;

import org.jspecify.annotations.NullMarked;
