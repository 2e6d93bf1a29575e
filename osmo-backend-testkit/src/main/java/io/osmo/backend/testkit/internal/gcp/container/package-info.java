/** Google Kubernetes Engine: clusters, their node pools, and the machines that join as nodes. */
@NullMarked
package io.osmo.backend.testkit.internal.gcp.container;

import org.jspecify.annotations.NullMarked;
