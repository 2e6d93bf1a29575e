// SPDX-License-Identifier: Apache-2.0
/** The HTTP client that the SDK's clients share. */
@NullMarked
package io.osmo.backend.aws.internal.http;

import org.jspecify.annotations.NullMarked;
