// SPDX-License-Identifier: Apache-2.0
/** The AKS provider on the emulated subscription of Azure. */
@NullMarked
package io.osmo.backend.tests.azure;

import org.jspecify.annotations.NullMarked;
