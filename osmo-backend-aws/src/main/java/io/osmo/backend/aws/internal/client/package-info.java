// SPDX-License-Identifier: Apache-2.0
/** HTTP and credentials that the SDK's clients share. */
@NullMarked
package io.osmo.backend.aws.internal.client;

import org.jspecify.annotations.NullMarked;
