// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.osmo.backend.tests.progress;

import org.jspecify.annotations.NullMarked;
