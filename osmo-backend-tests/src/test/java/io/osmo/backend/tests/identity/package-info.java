// SPDX-License-Identifier: Apache-2.0
/** What the identity of a backend means on every cloud: account, region and name. */
@NullMarked
package io.osmo.backend.tests.identity;

import org.jspecify.annotations.NullMarked;
