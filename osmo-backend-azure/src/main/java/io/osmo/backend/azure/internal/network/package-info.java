// SPDX-License-Identifier: Apache-2.0
/** Virtual network, node subnet and the way out of it. */
@NullMarked
package io.osmo.backend.azure.internal.network;

import org.jspecify.annotations.NullMarked;
