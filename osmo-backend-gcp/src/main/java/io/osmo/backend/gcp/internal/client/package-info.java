// SPDX-License-Identifier: Apache-2.0
/** What Google's clients are made with: HTTP, threads, credentials. */
@NullMarked
package io.osmo.backend.gcp.internal.client;

import org.jspecify.annotations.NullMarked;
