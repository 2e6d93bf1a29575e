// SPDX-License-Identifier: Apache-2.0
/** Puts the parts of an AKS backend together. */
@NullMarked
package io.osmo.backend.azure.internal.session;

import org.jspecify.annotations.NullMarked;
