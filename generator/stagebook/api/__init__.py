"""What `import stagebook` offers; the command line and the plugin use it too."""
