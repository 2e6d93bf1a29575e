// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.osmo.backend.error;

import org.jspecify.annotations.NullMarked;
