// SPDX-License-Identifier: Apache-2.0
/** Emulated image registries. */
@NullMarked
package io.osmo.backend.testkit.registry;

import org.jspecify.annotations.NullMarked;
