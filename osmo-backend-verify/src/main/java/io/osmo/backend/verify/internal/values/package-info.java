// SPDX-License-Identifier: Apache-2.0
/** Values that Kubernetes and clouds write as text: quantities, versions, address ranges, image references. */
@NullMarked
package io.osmo.backend.verify.internal.values;

import org.jspecify.annotations.NullMarked;
