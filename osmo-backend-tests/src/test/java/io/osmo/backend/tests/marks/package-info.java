// SPDX-License-Identifier: Apache-2.0
/** Tags, labels and descriptions that get lost one by one: none costs a node. */
@NullMarked
package io.osmo.backend.tests.marks;

import org.jspecify.annotations.NullMarked;
