// SPDX-License-Identifier: Apache-2.0
/** Backends on Azure Kubernetes Service: {@link io.osmo.backend.azure.AzureProvider} and its settings. */
@NullMarked
package io.osmo.backend.azure;

import org.jspecify.annotations.NullMarked;
