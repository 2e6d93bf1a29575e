// SPDX-License-Identifier: Apache-2.0
/** What a cloud provider implements, and what the engine offers to it. */
@NullMarked
package io.osmo.backend.spi;

import org.jspecify.annotations.NullMarked;
