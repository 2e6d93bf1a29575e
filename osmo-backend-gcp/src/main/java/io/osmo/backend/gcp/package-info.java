/**
 * Backends on Google Kubernetes Engine. A host uses {@link io.osmo.backend.gcp.GkeSettings}; the rest is found by name.
 */
@NullMarked
package io.osmo.backend.gcp;

import org.jspecify.annotations.NullMarked;
