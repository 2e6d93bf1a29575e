// SPDX-License-Identifier: Apache-2.0
/** What an engineer does to a backend that runs: edits of its spec, and changes by hand. */
@NullMarked
package io.osmo.backend.tests.edits;

import org.jspecify.annotations.NullMarked;
