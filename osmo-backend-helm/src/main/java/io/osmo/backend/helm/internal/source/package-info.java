// SPDX-License-Identifier: Apache-2.0
/** Where charts come from: folders, archives, repositories and registries. */
@NullMarked
package io.osmo.backend.helm.internal.source;

import org.jspecify.annotations.NullMarked;
