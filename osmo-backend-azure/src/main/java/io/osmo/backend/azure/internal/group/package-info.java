// SPDX-License-Identifier: Apache-2.0
/** The resource group that holds a backend. */
@NullMarked
package io.osmo.backend.azure.internal.group;

import org.jspecify.annotations.NullMarked;
