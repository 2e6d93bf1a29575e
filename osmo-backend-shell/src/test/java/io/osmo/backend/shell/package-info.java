// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.osmo.backend.shell;

import org.jspecify.annotations.NullMarked;
