// SPDX-License-Identifier: Apache-2.0
/** What the clients of the SDK are made with: pipelines, endpoints, timeouts. */
@NullMarked
package io.osmo.backend.azure.internal.client;

import org.jspecify.annotations.NullMarked;
