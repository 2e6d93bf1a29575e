/** Service Usage: which services the project has enabled. */
@NullMarked
package io.osmo.backend.testkit.internal.gcp.services;

import org.jspecify.annotations.NullMarked;
