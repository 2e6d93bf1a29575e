/** Microsoft.KubernetesConfiguration: extensions of clusters. */
@NullMarked
package io.osmo.backend.testkit.internal.azure.kubernetesconfiguration;

import org.jspecify.annotations.NullMarked;
